import {existsSync} from 'node:fs';
import {type Browser, type BrowserContext, chromium, type Page} from 'playwright-core';
import {someNow} from './state.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Why there is no browser here; null when there is one. */
export const noBrowser: string | null =
  executablePath === undefined ? 'chromium is not installed (Debian: chromium)' : null;

/** Headless, and silent: it asks nobody for anything of its own. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath === undefined ? {} : {executablePath}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export type Watched = {page: Page; context: BrowserContext; requests: string[]; troubles: string[]};

/** A page of its own, at the moment of the invented states, with what it asked for and what the browser had to say against it. */
export async function watchedPage(browser: Browser, options: Parameters<Browser['newContext']>[0]): Promise<Watched> {
  const context = await browser.newContext({locale: 'en-GB', timezoneId: 'UTC', colorScheme: 'dark', ...options});
  const page = await context.newPage();
  await page.clock.setFixedTime(someNow);
  const requests: string[] = [];
  const troubles: string[] = [];
  page.on('request', request => requests.push(request.url()));
  page.on('pageerror', error => troubles.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  return {page, context, requests, troubles};
}
