/** `/about/ranking`: the trending formula for readers. Every number comes from the formula itself. */

import type { Context } from 'hono';
import { rankingFacts } from '#feed/ranking-facts.ts';
import type { RankingFacts } from '#feed/ranking-facts.ts';
import { days } from '#feed/why-here.ts';
import { Layout } from '../components/layout.tsx';
import type { Site } from '../site.ts';

export function rankingPage(site: Site, c: Context): Response | Promise<Response> {
  const facts = rankingFacts();
  return c.html(
    <Layout
      site={site}
      c={c}
      title="How papers are ranked"
      description="The formula behind the trending papers, with all its numbers and the reason for each."
      canonical="/about/ranking"
    >
      <main id="main" class="prose">
        <h1>How papers are ranked</h1>
        <p>
          <a href="/papers/trending">Trending papers</a> are ordered by what people did with them, against their age.
          There is nothing secret about it, and nobody can pay for a place.
        </p>
        <WhatCounts {...facts} />
        <Formula {...facts} />
        <Lifts {...facts} />
        <Older {...facts} />
        <h2>Other orders</h2>
        <p>
          An edition, the front page among them, is ordered by the plain number of upvotes, and papers with as many by
          when they were submitted or announced. The lists of the newest, the most upvoted and the most discussed papers
          are plain counts too: there every vote counts as one.
        </p>
      </main>
    </Layout>,
  );
}

function WhatCounts({ formula, pushed, crowd }: RankingFacts) {
  const { comment, establishedAfter, newcomer, halfLife } = formula;
  return (
    <>
      <h2>What counts</h2>
      <ul class="counts">
        <li>
          <b>A vote</b> counts 1, by each person once. Taking it back and voting anew does not make it newer.
        </li>
        <li>
          <b>A comment</b> of somebody who did not vote counts {comment}: who argues about a paper shows interest in it,
          not approval. Who votes and comments counts once, as a voter.
        </li>
        <li>
          <b>New accounts</b> weigh less: {newcomer} at first, growing evenly to 1 in {days(establishedAfter)}, counted
          at the moment of the vote. Of several new accounts the second weighs half of that, the third a third, and so
          on. A hundred of them lift a paper that has just been published by {days(crowd)}, one established reader by{' '}
          {days(halfLife)}.
        </li>
        <li>
          <b>Who submitted the paper</b> does not count for it, nor does anybody who was banned or has deleted the
          account. A submitter with two accounts that were just made lifts a new paper by {days(pushed)}.
        </li>
        <li>
          <b>Stars</b> of the paper’s code count by how many come in a day, over the last week: {formula.stars} × ln(1 +
          stars a day). They are a weak sign, so a hundred a day weigh as much as{' '}
          {(formula.stars * Math.log1p(100)).toFixed(1)} votes. Where who submitted the paper has said which code is
          its, the stars of that do not count.
        </li>
        <li>
          <b>Age</b>: whatever counts, counts half after {days(halfLife)}, a quarter after {days(2 * halfLife)}. Being
          published counts {formula.start}, so papers without votes stand in the order of their dates.
        </li>
      </ul>
    </>
  );
}

function Formula({ formula: { halfLife, start } }: RankingFacts) {
  return (
    <>
      <h2>The formula</h2>
      <p>
        All of it is added up. A paper’s score is a date: that of a paper without votes which would weigh as much. In
        days, with <i>w</i> for the weight of each thing that counts and <i>t</i> for its time:
      </p>
      <p class="formula">
        score = {halfLife === 1 ? '' : `${halfLife} × `}log<sub>2</sub> ( Σ <i>w</i> × 2
        <sup>
          <i>t</i>
          {halfLife === 1 ? '' : ` / ${halfLife}`}
        </sup>{' '}
        {start === 1 ? '' : `/ ${start} `})
      </p>
      <p>
        As everything fades alike, two papers change places only when somebody does something, and the score need not be
        computed again as time goes by. It is within a second after a vote.
      </p>
    </>
  );
}

function Lifts({ formula: { halfLife }, lifts }: RankingFacts) {
  return (
    <>
      <h2>What votes do</h2>
      <p>
        Twice the votes are worth {days(halfLife)}, ten times the votes {days(halfLife * Math.log2(10))}. So many votes
        on the day of its publication put a paper so far ahead of one without any:
      </p>
      <table class="lifts">
        <thead>
          <tr>
            <th scope="col">Votes</th>
            <th scope="col">Ahead by</th>
          </tr>
        </thead>
        <tbody>
          {lifts.map((lift) => (
            <tr>
              <td>{lift.votes}</td>
              <td>{days(lift.days)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Older({ old }: RankingFacts) {
  return (
    <>
      <h2>Older papers</h2>
      <p>
        All this is said of papers that have just been published. That a paper was published months ago weighs nothing
        any more, so what is done with it now takes it over all the days since, by however little it weighs: the vote of
        one established reader puts it {old.established < 0.04 ? '' : `${days(old.established)} behind `}where a paper
        without votes stands that is published at that moment.
      </p>
      <p>
        New accounts do so, too. The vote of one that was just made puts any old paper {days(old.newcomer)} behind that
        place, the votes of two {days(old.two)}, of a hundred {days(old.crowd)}, and a mere comment of one{' '}
        {days(old.comment)}. There it stands among papers of those days that nobody has voted for. Where few people vote
        that is high in the list: the sentence “Why is it here?” on its card says how many new accounts there were, and
        moderators can ban them, which takes the paper back to its place.
      </p>
    </>
  );
}
