/** Everything that the pages do with JavaScript; each of them works without. */

import { CommentForm } from './comment-form.ts';
import { CopyText } from './copy-text.ts';
import { listenToKeys } from './keyboard.ts';
import { MorePapers } from './more-papers.ts';
import { OwnZone } from './own-zone.ts';
import { SearchBox } from './search-box.ts';
import { UpvoteButton } from './upvote-button.ts';

customElements.define('comment-form', CommentForm);
customElements.define('copy-text', CopyText);
customElements.define('more-papers', MorePapers);
customElements.define('own-zone', OwnZone);
customElements.define('search-box', SearchBox);
customElements.define('upvote-button', UpvoteButton);
listenToKeys();
