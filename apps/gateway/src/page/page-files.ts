import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Injectable } from '@nestjs/common';

export interface PageFile {
  readonly content: Buffer;
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** From dist/apps/gateway/apps/gateway/src/page. */
const PUBLIC_FOLDER = new URL('../../../../../../../apps/gateway/public/', import.meta.url);

/** The files of the page, read once; what isn't one of them doesn't exist. */
@Injectable()
export class PageFiles {
  private readonly byName: ReadonlyMap<string, PageFile> = new Map(
    readdirSync(PUBLIC_FOLDER).map((name) => {
      const type = TYPES[extname(name)] ?? 'application/octet-stream';
      return [name, { content: readFileSync(new URL(name, PUBLIC_FOLDER)), type }];
    }),
  );

  find(name: string): PageFile | undefined {
    return this.byName.get(name);
  }
}
