/** A load generator in a process of its own: `load.ts URL SECONDS HEADERS-AS-JSON` prints what it saw as JSON. */

import autocannon from 'autocannon';

export interface LoadReport {
  /** Requests a second, on average. */
  rate: number;
  /** Latency in ms. */
  p50: number;
  p99: number;
  /** Answers by status. */
  statuses: Record<string, number>;
  failures: number;
}

/** What every figure is measured with. */
const CONNECTIONS = 50;

/** autocannon turns every body into a string, which for compressed ones takes it longer than all the rest. */
interface BodyCollector {
  pipelinedRequests: { addBody(chunk: Buffer): void };
}

const [url = '', seconds = '1', headers = '{}'] = process.argv.slice(2);
const result = await autocannon({
  url,
  connections: CONNECTIONS,
  duration: Number(seconds),
  headers: JSON.parse(headers) as Record<string, string>,
  setupClient: (client) => {
    (client as unknown as BodyCollector).pipelinedRequests.addBody = () => undefined;
  },
});
const report: LoadReport = {
  rate: result.requests.average,
  p50: result.latency.p50,
  p99: result.latency.p99,
  statuses: Object.fromEntries(
    Object.entries(result.statusCodeStats ?? {}).map(([status, { count = 0 }]) => [status, count]),
  ),
  failures: result.errors + result.timeouts,
};
process.stdout.write(JSON.stringify(report));
