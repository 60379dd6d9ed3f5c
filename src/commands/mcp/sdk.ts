import type * as Server from '@modelcontextprotocol/server';
import type * as Stdio from '@modelcontextprotocol/server/stdio';
import {isMissing} from '../incomplete.ts';

export const sdkPackage = '@modelcontextprotocol/server';

export type Sdk = Pick<
  typeof Server,
  'McpServer' | 'fromJsonSchema' | 'parseJSONRPCMessage' | 'ResourceNotFoundError'
> &
  Pick<typeof Stdio, 'serveStdio'>;

/** An optional package, which nothing else loads; null where it is not installed. */
export async function loadSdk(): Promise<Sdk | null> {
  try {
    const [{McpServer, fromJsonSchema, parseJSONRPCMessage, ResourceNotFoundError}, {serveStdio}] = await Promise.all([
      import('@modelcontextprotocol/server'),
      import('@modelcontextprotocol/server/stdio'),
    ]);
    return {McpServer, fromJsonSchema, parseJSONRPCMessage, ResourceNotFoundError, serveStdio};
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
