/** Settings that are right each, but not together. */

import type { Config } from './config.ts';

/** One sentence per contradiction, each saying what would be right. Settings that are wrong by themselves are left out. */
export function contradictions(config: Partial<Config>): string[] {
  return [...ofEmbeddings(config), ...ofProvider(config), ...ofSigning(config), ...ofGists(config)];
}

function ofProvider({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client }: Partial<Config>): string[] {
  if (issuer === undefined || client === undefined || (issuer === '') === (client === '')) return [];
  return issuer === ''
    ? ['OIDC_ISSUER is empty: it must say which provider knows OIDC_CLIENT_ID']
    : [`OIDC_CLIENT_ID is empty: it must be what ${issuer} calls this site`];
}

function ofEmbeddings(config: Partial<Config>): string[] {
  const { EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model, EMBEDDINGS_DIMENSIONS: dimensions } = config;
  if (url === undefined || model === undefined) return [];
  const found: string[] = [];
  if (url !== '' && model === '')
    found.push(`EMBEDDINGS_MODEL is empty: it must name a model that ${url} has, such as nomic-embed-text`);
  if (url !== '' && model.startsWith('transformers:'))
    found.push(`EMBEDDINGS_MODEL=${model} runs in this program: EMBEDDINGS_URL must be empty then`);
  if (url === '' && model !== '' && !model.startsWith('transformers:'))
    found.push(
      `EMBEDDINGS_URL is empty: it must say which server has EMBEDDINGS_MODEL=${model}, such as http://localhost:11434/v1`,
    );
  if (url === '' && dimensions !== undefined)
    found.push('EMBEDDINGS_DIMENSIONS asks a model server, and EMBEDDINGS_URL names none');
  return found;
}

function ofSigning({ DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY }: Partial<Config>): string[] {
  const parts = { DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY };
  const missing = Object.entries(parts).filter(([, value]) => value === '');
  if (Object.values(parts).includes(undefined) || missing.length === 0 || missing.length === 3) return [];
  return missing.map(([name]) => `${name} is empty: DKIM needs a domain, a selector and a key, or none of them`);
}

function ofGists({ LLM_URL: url, LLM_MODEL: model }: Partial<Config>): string[] {
  if (url === undefined || model === undefined || (url === '') === (model === '')) return [];
  return url === ''
    ? [`LLM_URL is empty: it must say which server has LLM_MODEL=${model}, such as http://localhost:11434/v1`]
    : [`LLM_MODEL is empty: it must name a model that ${url} has, such as llama3.2`];
}
