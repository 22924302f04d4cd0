import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import pg from 'pg';
import { OrderEntity } from '../entities.js';
import { serve } from '../serve.js';
import { BearerGuard } from './bearer.guard.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

const url = process.env['DATABASE_URL'] ?? '';
const redisUrl = process.env['REDIS_URL'];

/** BullMQ on the Redis that is given, or else on the PostgreSQL that holds the orders. */
async function queueConnection(): Promise<object> {
  if (redisUrl !== undefined) return { url: redisUrl };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await runMigrations(client, 'bullmq');
  await client.end();
  setDefaultBackendFactory(createPostgresBackend);
  return { connectionString: url, schema: 'bullmq', max: 10 };
}

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url, entities: [OrderEntity], poolSize: 32 }),
    TypeOrmModule.forFeature([OrderEntity]),
    BullModule.forRoot({ connection: await queueConnection(), prefix: 'usual' }),
    BullModule.registerQueue({ name: 'send' }),
  ],
  controllers: [OrdersController],
  providers: [OrdersService, BearerGuard],
})
class OrdersModule {}

await serve(OrdersModule, { transform: true, whitelist: true, forbidNonWhitelisted: true });
