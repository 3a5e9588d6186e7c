/** What the graph needs of a URL; declared here because core is built without the platform's types. */
export interface UrlValue {
  href: string;
}

interface UrlConstructor {
  new (href: string): UrlValue;
  readonly prototype: UrlValue;
}

const platform: object & { readonly URL?: UrlConstructor } = globalThis;

/** The platform's URL class; undefined where there is none, then no value is ever a URL. */
export const URL_CLASS: UrlConstructor | undefined = platform.URL;

const readHref =
  URL_CLASS === undefined ? undefined : Object.getOwnPropertyDescriptor(URL_CLASS.prototype, 'href')?.get;

/** The text of a URL, read past anything an instance may carry; throws a TypeError when `url` isn't genuine. */
export function hrefOf(url: object): string {
  if (readHref === undefined) throw new TypeError('The platform has no URL class');
  return readHref.call(url) as string;
}

/** A new URL; throws when `href` is no absolute URL. */
export function makeUrl(href: string): UrlValue {
  if (URL_CLASS === undefined) throw new TypeError('The platform has no URL class');
  return new URL_CLASS(href);
}
