/** Everything that the pages do with JavaScript; each of them works without. */

import { CopyText } from './copy-text.ts';
import { listenToKeys } from './keyboard.ts';
import { MorePapers } from './more-papers.ts';
import { SearchBox } from './search-box.ts';

customElements.define('copy-text', CopyText);
customElements.define('more-papers', MorePapers);
customElements.define('search-box', SearchBox);
listenToKeys();
