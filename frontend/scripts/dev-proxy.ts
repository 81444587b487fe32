import type { ProxyOptions } from 'vite';

/** What the gateway answers itself. */
const PATHS = ['/graphql', '/moderator', '/media', '/tiles', '/export.zip'];

/**
 * Hands the gateway's paths on to a running Palier. The gateway lets only its own pages call, and asks the browser's
 * Origin; a page of this server is told to it as one of its own, any other page stays what it is.
 */
export function proxy(palier: string): Record<string, ProxyOptions> {
  const options: ProxyOptions = {
    target: palier,
    changeOrigin: true,
    ws: true,
    configure(server) {
      const own = (origin: string | undefined, host: string | undefined) => origin === `http://${host}`;
      server.on('proxyReq', (forwarded, request) => {
        if (own(request.headers.origin, request.headers.host)) forwarded.setHeader('origin', palier);
      });
      server.on('proxyReqWs', (forwarded, request) => {
        if (own(request.headers.origin, request.headers.host)) forwarded.setHeader('origin', palier);
      });
    }
  };
  return Object.fromEntries(PATHS.map((path) => [path, options]));
}
