/** A step of the schema's history: a stage has another name, and what waits for it goes on. See migrations.ts. */
export const translateMigration = `
  update subscription set name = 'pipeline.translate' where name = 'pipeline.intake';
  update handled_ahead set subscriber = 'pipeline.translate' where subscriber = 'pipeline.intake';
  update message_retry set subscriber = 'pipeline.translate' where subscriber = 'pipeline.intake';
  update dead_message set subscriber = 'pipeline.translate' where subscriber = 'pipeline.intake';
  `;
