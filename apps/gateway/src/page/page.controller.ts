import { Controller, Get, Header, NotFoundException, Param, StreamableFile } from '@nestjs/common';
import { PRODUCTS, type Product } from 'shop';
import { environment, type GatewayAddress } from '../environment.js';
import { PageFiles } from './page-files.js';

const ports = environment.gateways.map(({ port }) => port);
const GATEWAYS = ports.flatMap((port) => [`http://127.0.0.1:${port}`, `http://localhost:${port}`]).join(' ');
const ONLY_OURS = `default-src 'self'; connect-src 'self' ${GATEWAYS}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

interface ShopView {
  readonly node: string;
  readonly gateways: readonly GatewayAddress[];
  readonly products: readonly Product[];
}

/** The one page and its files. Nothing here opens a session. */
@Controller()
export class PageController {
  constructor(private readonly files: PageFiles) {}

  @Get()
  @Header('Content-Security-Policy', ONLY_OURS)
  page(): StreamableFile {
    return this.file('index.html');
  }

  @Get('page/:name')
  @Header('Cache-Control', 'no-cache')
  file(@Param('name') name: string): StreamableFile {
    const file = this.files.find(name);
    if (file === undefined) throw new NotFoundException();
    return new StreamableFile(file.content, { type: file.type, length: file.content.length });
  }

  @Get('api/shop')
  shop(): ShopView {
    return { node: environment.nodeName, gateways: environment.gateways, products: PRODUCTS };
  }
}
