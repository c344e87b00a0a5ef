/** `/categories` and `/organizations`: what there is to choose from, with the number of papers of each. */

import type { Context } from 'hono';
import { categoryPath, organizationPath } from '#feed/addresses.ts';
import { listCategories, listOrganizations } from '#feed/subjects.ts';
import type { Subject } from '#feed/subjects.ts';
import { categoryName } from '#papers/category-names.ts';
import type { Child } from '#platform/jsx/jsx-runtime.ts';
import { countOf } from '../counts.ts';
import { Layout } from '../components/layout.tsx';
import type { Site } from '../site.ts';

/** Longer lists are for searching, not for reading. */
const ORGANIZATIONS_SHOWN = 500;

export async function categoriesPage(site: Site, c: Context): Promise<Response> {
  const categories = await listCategories(site.db);
  const archives = categories.filter(({ key }) => !key.includes('.'));
  return browsePage(
    site,
    c,
    { title: 'Categories', path: '/categories', order: 'By arXiv’s archives. A paper may be in several categories.' },
    archives.map((archive) => (
      <section>
        <h2>
          <a href={categoryPath(archive.key)}>{categoryName(archive.key) ?? archive.key}</a>{' '}
          <span class="quiet">{countOf(archive.papers)}</span>
        </h2>
        <Subjects
          subjects={categories.filter(({ key }) => key.startsWith(`${archive.key}.`))}
          path={categoryPath}
          name={({ key }) => categoryName(key) ?? key}
          showKey
        />
      </section>
    )),
  );
}

export async function organizationsPage(site: Site, c: Context): Promise<Response> {
  const organizations = await listOrganizations(site.db, ORGANIZATIONS_SHOWN);
  return browsePage(
    site,
    c,
    { title: 'Organizations', path: '/organizations', order: 'Those with the most papers first.' },
    organizations.length > 0 && (
      <Subjects subjects={organizations} path={organizationPath} name={({ key, name }) => name ?? key} />
    ),
  );
}

function browsePage(
  site: Site,
  c: Context,
  { title, path, order }: { title: string; path: string; order: string },
  children: Child,
): Response | Promise<Response> {
  const isEmpty = !children || (Array.isArray(children) && children.length === 0);
  return c.html(
    <Layout
      site={site}
      c={c}
      title={title}
      description={`${title} of ${site.config.SITE_NAME}.`}
      canonical={path}
      offer={{ place: 'foot' }}
    >
      <main id="main" class="browse">
        <div class="list-head">
          <h1>{title}</h1>
          <p>{isEmpty ? 'No paper here has any yet.' : order}</p>
        </div>
        {children}
      </main>
    </Layout>,
  );
}

interface SubjectsProps {
  subjects: readonly Subject[];
  path: (key: string) => string;
  name: (subject: Subject) => string;
  /** Whether the key is something readers know. */
  showKey?: boolean;
}

function Subjects({ subjects, path, name, showKey = false }: SubjectsProps) {
  if (subjects.length === 0) return null;
  return (
    <ul class="subjects">
      {subjects.map((subject) => (
        <li>
          <a href={path(subject.key)}>{name(subject)}</a>
          {showKey && <span class="quiet"> {subject.key}</span>}{' '}
          <span class="quiet count">{subject.papers.toLocaleString('en-US')}</span>
        </li>
      ))}
    </ul>
  );
}
