/** `/subscribe/forgotten`: said to somebody whose address was deleted. */

import type { Context } from 'hono';
import { Layout } from '../../components/layout.tsx';
import type { Site } from '../../site.ts';

export function forgottenPage(site: Site, c: Context): Response | Promise<Response> {
  return c.html(
    <Layout site={site} c={c} title="Your address is deleted" head={<meta name="robots" content="noindex" />}>
      <main id="main" class="prose">
        <h1>Your address is deleted</h1>
        <p>Nothing is mailed to you any more, and what you had chosen is forgotten.</p>
        <p>
          <a href="/">Read the latest papers</a>
        </p>
      </main>
    </Layout>,
  );
}
