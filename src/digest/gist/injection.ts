/**
 * Sentences that do not speak of research but to a machine that reads it ("Ignore previous instructions and …"). They
 * are kept out of gists, and an abstract that has one is not shown to a model at all. What gets past this list is
 * caught by `check-answer.ts`, which holds whatever a model says against the rest of the abstract.
 */

const PATTERNS = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:all|any|the|your|these|those|previous(?:ly)?|prior|above|earlier|preceding|foregoing)\b.{0,30}\b(?:instructions?|prompts?|directions?|directives?|guidelines?|messages?|requests?|text|context)\b/i,
  /\b(?:ignore|disregard|forget) (?:everything|all of|what(?:ever)?|anything)\b/i,
  /\b(?:new|updated|real|actual|hidden|secret|important) (?:instructions?|prompts?|directives?)\b\s*(?:[:,-]|is\b|are\b|for\b)/i,
  /\b(?:you are|act as|pretend to be|behave as|dear)\s+(?:now\s+)?(?:an?\s+|the\s+)?(?:AI|LLM|(?:large )?language model|assistant|chatbot|summari[sz]er|reviewer)\b/i,
  /\bas an? (?:AI|LLM|language model|assistant|chatbot|summari[sz]er|reviewer),? you\b/i,
  /\byou (?:must|should|will|shall|have to|need to|are to) (?:now |only |always )?(?:reply|respond|answer|output|write|say|print|state|recommend|rate|summari[sz]e|give)\b/i,
  /^(?:please |now |instead,? )?(?:reply|respond|answer|output|print|say|write|state|repeat|return)\b.{0,60}[:"“'‘]/i,
  /(?:^|\s)(?:system|assistant|user|human)\s*:\s*(?:ignore|please|you|write|say|answer|respond|reply|output)\b/i,
  /<\/?(?:system|assistant|user|instructions?|prompt)>|\[\/?INST\]|<\|im_(?:start|end)\|>|<\|(?:system|user|assistant|endoftext)\|>|###\s*(?:instruction|system|response)/i,
  /\b(?:note|message|instructions?|hint) (?:to|for) (?:all |any |the )?(?:AI|LLMs?|(?:large )?language models?|(?:AI )?assistants?|chatbots?|summari[sz]ers?|(?:AI |automated )?reviewers?)\b\s*[:,.-]/i,
  /\b(?:give|write|provide) (?:only )?(?:a |an )?(?:positive|favou?rable|glowing) (?:review|summary|rating|evaluation)\b/i,
];

export function isAddressedToMachines(sentence: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(sentence));
}
