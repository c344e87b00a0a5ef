/** What every page does with JavaScript; all of it works without. A paper's own page has more: paper.ts. */

import { forgetWhenLeft } from './forget.ts';
import { listenToKeys } from './keyboard.ts';
import { MorePapers } from './more-papers.ts';
import { OwnZone } from './own-zone.ts';
import { SearchBox } from './search-box.ts';
import { UpvoteButton } from './upvote-button.ts';

customElements.define('more-papers', MorePapers);
customElements.define('own-zone', OwnZone);
customElements.define('search-box', SearchBox);
customElements.define('upvote-button', UpvoteButton);
listenToKeys();
forgetWhenLeft();
