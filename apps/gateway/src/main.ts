import 'reflect-metadata';
import process from 'node:process';
import { NestFactory } from '@nestjs/core';
import { endWithParent, tellParent } from 'shop';
import { AppModule } from './app.module.js';
import { createAdapter } from './create-adapter.js';
import { environment } from './environment.js';
import { tellWhoAnswers } from './who-answers.js';

const { port, gateways } = environment;
const app = await NestFactory.create(AppModule, await createAdapter(environment.adapter), {
  logger: ['error', 'warn'],
});
app.use(tellWhoAnswers);
app.enableCors({
  // The page of one gateway talks to the other as well: another port, hence another origin, but the same cookies.
  origin: gateways.flatMap(({ port }) => [`http://127.0.0.1:${port}`, `http://localhost:${port}`]),
  credentials: true,
  methods: ['GET', 'POST', 'PUT', 'DELETE'],
  exposedHeaders: ['X-Node', 'Retry-After'],
});
app.enableShutdownHooks();
endWithParent(app);
try {
  await app.listen(port, '127.0.0.1');
} catch (error) {
  console.error(`Port ${port} can't be listened on: ${String(error)}. Choose another one with PORT=…`);
  await app.close();
  process.exit(1);
}
tellParent({ listening: await app.getUrl() });
