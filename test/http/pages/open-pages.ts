import { openServedShop, type ServedShopOptions } from '../served-shop.ts';

export interface View {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The sample shop, looked at with a browser that runs no script. */
export async function openPages(options: ServedShopOptions = {}) {
  const served = await openServedShop(options);
  async function view(path: string, headers: Readonly<Record<string, string>> = {}): Promise<View> {
    const response = await served.app.request(path, {
      headers: { accept: 'text/html,*/*;q=0.8', ...headers },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
  return { ...served, view };
}
