/**
 * Of a parameter that is a JSON array of arrays, the rows, with a name and a type for each place:
 * `given(1, 'id text, position bigint')` has the columns `id` and `position`.
 */
export function given(parameter: number, columns: string): string {
  const places = columns.split(', ').map((column, place) => {
    const [name, type] = column.split(' ');
    return `(value ->> ${place})::${type} as ${name}`;
  });
  return `(select ${places.join(', ')} from json_array_elements($${parameter}::json)) as given`;
}

/** The same with the place of each row, from 1: `nr`. */
export const numberedRows = (parameter: number, columns: string): string =>
  given(parameter, columns).replace(
    ` from json_array_elements($${parameter}::json)`,
    `, nr from json_array_elements($${parameter}::json) with ordinality as wanted (value, nr)`,
  );

/** Of a parameter that is a JSON array of texts, those. */
export const texts = (parameter: number): string => `(select json_array_elements_text($${parameter}::json))`;
