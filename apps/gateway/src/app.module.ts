import { Module } from '@nestjs/common';
import { ClientsModule } from '@nestjs/microservices';
import { cookie, header, SessionClientNats, SessionSyncModule } from 'nest-session-sync';
import { CommitFeed, ShopSession } from 'shop';
import { CART_CLIENT, CartService } from './cart/cart-service.js';
import { CartController } from './cart/cart.controller.js';
import { CommitsController } from './commits.controller.js';
import { environment } from './environment.js';
import { PageController } from './page/page.controller.js';
import { PageFiles } from './page/page-files.js';
import { SessionController } from './session.controller.js';
import { VisitsController } from './visits.controller.js';

const { natsUrl, idSecrets: secrets, nodeName } = environment;
const signed = secrets === undefined ? {} : { secrets };

@Module({
  imports: [
    SessionSyncModule.forRoot({
      session: ShopSession,
      name: 'shop',
      nats: natsUrl === undefined ? 'embedded' : { servers: natsUrl },
      // The sample runs over http on the loopback interface; a deployment leaves `secure` as it is: true.
      id: [cookie({ secure: false, ...signed }), header('x-session', signed)],
    }),
    ClientsModule.register([
      {
        name: CART_CLIENT,
        customClass: SessionClientNats,
        options: { servers: natsUrl ?? 'nats://127.0.0.1:4222' },
      },
    ]),
  ],
  controllers: [SessionController, VisitsController, CartController, CommitsController, PageController],
  providers: [CartService, PageFiles, { provide: CommitFeed, useFactory: () => new CommitFeed(nodeName) }],
})
export class AppModule {}
