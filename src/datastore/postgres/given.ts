/**
 * Of a parameter that is a JSON array of arrays, the rows, with a name and a type for each place:
 * `given(1, 'id text, position bigint')` has the columns `id` and `position`. As `jsonb` it is read once; of `json`, each row would be
 * read from its beginning for each place in it.
 */
export function given(parameter: number, columns: string): string {
  const places = columns.split(', ').map((column, place) => {
    const [name, type] = column.split(' ');
    return `(value ->> ${place})::${type} as ${name}`;
  });
  return `(select ${places.join(', ')} from jsonb_array_elements($${parameter}::jsonb)) as given`;
}

/** The same with the place of each row, from 1: `nr`. */
export const numberedRows = (parameter: number, columns: string): string =>
  given(parameter, columns).replace(
    ` from jsonb_array_elements($${parameter}::jsonb)`,
    `, nr from jsonb_array_elements($${parameter}::jsonb) with ordinality as wanted (value, nr)`,
  );

/** Of a parameter that is a JSON array of texts, those. */
export const texts = (parameter: number): string => `(select json_array_elements_text($${parameter}::json))`;
