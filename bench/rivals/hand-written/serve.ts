import type { FastifyInstance } from 'fastify';
import type pg from 'pg';

/** Listens on the port of the environment; ends on SIGTERM, and when the benchmark is gone. */
export async function serve(app: FastifyInstance, pool: pg.Pool): Promise<void> {
  const stop = async (): Promise<void> => {
    await app.close();
    await pool.end();
    process.disconnect?.();
  };
  process.once('SIGTERM', () => void stop());
  process.once('disconnect', () => process.exit());
  await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
}
