// The wildcard match type: `*` stands for any text, `\*` and `\\` for themselves.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching

/** Throws what `refuse` makes of a reason. */
export function parseWildcard(text: string, refuse: (reason: string) => Error): RegExp {
  let source = '';
  let isAfterStar = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const isStar = character === '*';
    if (isStar && isAfterStar) throw refuse(`Consecutive wildcard characters at pos ${index - 1}`);
    if (isStar) {
      source += '.*';
    } else if (character === '\\') {
      const escaped = text.charAt(++index);
      if (escaped !== '*' && escaped !== '\\') throw refuse(`Invalid escape character at pos ${index - 1}`);
      source += `\\${escaped}`;
    } else {
      source += character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
    }
    isAfterStar = isStar;
  }
  return new RegExp(`^${source}$`, 's');
}
