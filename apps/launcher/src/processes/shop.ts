import { ChildApp } from './child-app.js';

export interface ShopOptions {
  /** Where each gateway finds NATS, and where it listens. */
  readonly gateways: readonly { readonly port: number; readonly natsUrl: string }[];
  readonly natsUrl: string;
  readonly idSecret: string;
  readonly print: (name: string, line: string) => void;
}

/** The processes of the shop: gateways and the cart service. */
export class Shop {
  private readonly apps = new Map<string, ChildApp>();

  constructor(private readonly options: ShopOptions) {}

  /** Starts all of them at once. @throws Error when one doesn't become ready; then none is left */
  async start(): Promise<void> {
    const starts = [this.startCart(), ...this.options.gateways.map((_, index) => this.startGateway(index))];
    const [failure] = (await Promise.allSettled(starts)).filter((outcome) => outcome.status === 'rejected');
    if (failure === undefined) return;
    await this.stop();
    throw failure.reason;
  }

  /** Starts the gateway of this number, also after it was killed. */
  startGateway(index: number): Promise<ChildApp> {
    const { gateways, idSecret } = this.options;
    const { port = 0, natsUrl = '' } = gateways[index] ?? {};
    const addresses = gateways.map((gateway, number) => `${gatewayName(number)}:${gateway.port}`).join(',');
    const env = { PORT: String(port), GATEWAYS: addresses, ID_SECRETS: idSecret, NATS_URL: natsUrl };
    return this.startApp('gateway', gatewayName(index), env);
  }

  gateway(index: number): ChildApp | undefined {
    return this.apps.get(gatewayName(index));
  }

  gatewayUrl(index: number): string {
    return `http://127.0.0.1:${this.options.gateways[index]?.port ?? 0}`;
  }

  get running(): readonly ChildApp[] {
    return [...this.apps.values()].filter((app) => app.isRunning);
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.map((app) => app.stop()));
  }

  private startCart(): Promise<ChildApp> {
    return this.startApp('cart', 'cart-1', { NATS_URL: this.options.natsUrl });
  }

  private async startApp(app: 'gateway' | 'cart', name: string, env: NodeJS.ProcessEnv): Promise<ChildApp> {
    const child = await ChildApp.start({ app, name, env, print: (line) => this.options.print(name, line) });
    this.apps.set(name, child);
    return child;
  }
}

export function gatewayName(index: number): string {
  return `gateway-${index + 1}`;
}
