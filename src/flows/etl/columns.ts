/** Of a file of rides. */
export const columns = ['ride_id', 'started_at', 'station', 'km', 'price'] as const;
