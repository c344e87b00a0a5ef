/** What the pages of papers, their discussions and decisions on them do with JavaScript, beside what every page does. */

import { CommentForm } from './comment-form.ts';
import { CopyText } from './copy-text.ts';
import { LeftDrafts } from './left-drafts.ts';
import { ReactionButtons } from './reaction-buttons.ts';
import { ReasonForm } from './reason-form.ts';

customElements.define('comment-form', CommentForm);
customElements.define('copy-text', CopyText);
customElements.define('reaction-buttons', ReactionButtons);
customElements.define('reason-form', ReasonForm);
// The last one: it looks which forms are there.
customElements.define('left-drafts', LeftDrafts);
