import {sha256} from './sha256.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that logins were looked for with, and a sign by which another environment is told from theirs. */
export type SeenEnvironment = {variables: readonly string[]; sign: string};

/** The same environment, and what was read of it by now. */
export function watchEnvironment(env: Environment): {env: Environment; seen(): SeenEnvironment} {
  const names = new Set<string>(['HOME', 'USERPROFILE', 'MYSTATUS_LEDGER']);
  const watched = new Proxy(env, {
    get(target, name) {
      if (typeof name === 'string') names.add(name);
      return Reflect.get(target, name);
    },
  });
  const seen = (): SeenEnvironment => {
    const variables = [...names].sort();
    return {variables, sign: signOf(env, variables)};
  };
  return {env: watched, seen};
}

export const isSameEnvironment = (env: Environment, {variables, sign}: SeenEnvironment): boolean =>
  signOf(env, variables) === sign;

/** Secrets stand in some of them: a one-way hash, of which nothing can be had back. */
function signOf(env: Environment, variables: readonly string[]): string {
  const set = variables.flatMap(name => (env[name] ? [[name, env[name]]] : []));
  return sha256(JSON.stringify(set)).slice(0, 24);
}
