/** The islands' elements, as pages may write them. */

import 'hono/jsx';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'more-papers': HTMLAttributes;
      'copy-text': HTMLAttributes;
      'search-box': HTMLAttributes;
      'passkey-button': HTMLAttributes;
      'upvote-button': HTMLAttributes;
      'comment-form': HTMLAttributes;
      'reaction-buttons': HTMLAttributes;
      'reason-form': HTMLAttributes;
      'left-drafts': HTMLAttributes;
      'own-zone': HTMLAttributes;
    }
  }
}
