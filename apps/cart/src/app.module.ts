import process from 'node:process';
import { Module } from '@nestjs/common';
import { SessionSyncModule } from 'nest-session-sync';
import { CommitFeed, ShopSession } from 'shop';
import { NODE_NAME, PricingController } from './pricing.controller.js';

const nodeName = process.env['NODE_NAME'] ?? 'cart-1';

@Module({
  imports: [
    SessionSyncModule.forRoot({
      session: ShopSession,
      name: 'shop',
      nats: { servers: process.env['NATS_URL'] ?? 'nats://127.0.0.1:4222' },
    }),
  ],
  controllers: [PricingController],
  providers: [
    { provide: NODE_NAME, useValue: nodeName },
    { provide: CommitFeed, useFactory: () => new CommitFeed(nodeName) },
  ],
})
export class AppModule {}
