import 'reflect-metadata';
import process from 'node:process';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { SessionServerNats } from 'nest-session-sync';
import { endWithParent, tellParent } from 'shop';
import { AppModule } from './app.module.js';

const servers = process.env['NATS_URL'] ?? 'nats://127.0.0.1:4222';
const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, {
  // As many of these processes as one likes: each message goes to one of them.
  strategy: new SessionServerNats({ servers, queue: 'cart' }),
  logger: ['error', 'warn'],
});
app.enableShutdownHooks();
endWithParent(app);
await app.listen();
tellParent({ listening: servers });
