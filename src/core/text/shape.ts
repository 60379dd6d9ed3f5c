/** Keys and types of a value, without any of its values: `{plan: string, limits: [{type: string}]}`. Depth and width are bounded. */
export function shapeOf(value: unknown, depth = 4): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (depth <= 0) return Array.isArray(value) ? '[…]' : '{…}';
  return Array.isArray(value) ? listShape(value, depth) : objectShape(value as Record<string, unknown>, depth);
}

const mostKeys = 24;

function objectShape(value: Record<string, unknown>, depth: number): string {
  const keys = Object.keys(value);
  const parts = keys.slice(0, mostKeys).map(key => `${shapeKey(key)}: ${shapeOf(value[key], depth - 1)}`);
  return `{${parts.join(', ')}${keys.length > mostKeys ? ', …' : ''}}`;
}

const listShape = (list: unknown[], depth: number): string =>
  list.length === 0 ? '[]' : `[${shapeOf(list[0], depth - 1)}${list.length > 1 ? ` ×${list.length}` : ''}]`;

// A key may be data itself (an e-mail, an id): only plain field names are shown.
const shapeKey = (key: string): string => (/^[A-Za-z][A-Za-z_-]{0,39}$/.test(key) ? key : '<key>');
