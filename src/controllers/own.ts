import type {CustomControl} from '../core/custom/control.ts';
import {boundTo} from '../core/custom/definition.ts';
import {idFor, presetWith, programFrom, type Sketch, serviceFrom} from '../core/custom/sketch.ts';
import type {LoginForm} from '../view/login-form.ts';
import {type Ask, draftOf, type Own} from '../view/login-pages.ts';
import {fieldFor, type Plan} from '../view/own-pages.ts';
import {type Controller, notify} from './controller.ts';
import {dialogOf} from './dialogs.ts';
import {failed, loadLogins, setForm} from './login-changes.ts';

/** A provider that is described on the screen: checked, tried once the user has seen what will be sent, and kept when the user says so. */

const tryTimeoutMs = 30_000;

type Step<Name extends LoginForm['step']> = Extract<LoginForm, {step: Name}>;

const isStill = (controller: Controller, form: LoginForm): boolean => controller.logins.get().form === form;

/** The page is filled in: is it a definition? */
export async function plan(controller: Controller, form: Step<'checking'>, own: Own): Promise<void> {
  const control = await controller.services.custom?.();
  if (control === undefined || !isStill(controller, form)) return;
  const {written, isBare, problem} = sketchOf(form.ask, own, control, controller);
  const {definition, problems} =
    problem === undefined ? control.check(written) : {definition: null, problems: [problem]};
  if (definition === null) setForm(controller, complained(form.ask, problems[0] ?? ''));
  else {
    const secret = draftOf(form.ask).fields.key ?? '';
    const preset = own.kind === 'preset' ? own.name : null;
    const found: Plan = {definition, written, isBare, secret, preset, binding: control.bindingOf(definition)};
    setForm(controller, {step: 'agree', ask: form.ask, plan: found});
    scrollQuestion(controller, -farEnough);
  }
}

function sketchOf(ask: Ask, own: Own, control: CustomControl, {services}: Controller): Sketch & {problem?: string} {
  const answers = draftOf(ask).fields;
  const taken = [...services.catalogue, ...control.entries().entries].map(({id}) => id);
  switch (own.kind) {
    case 'service':
      return serviceFrom(answers, taken);
    case 'program':
      return programFrom(answers, taken);
    case 'preset': {
      const {written, problems} = control.preset(own.name, answers.url ?? null);
      const problem = problems[0];
      return {
        written: {...presetWith(written, answers), id: idFor(own.name, taken)},
        isBare: false,
        ...(problem && {problem}),
      };
    }
  }
}

/** In the settings' own words, at the field that they are about. */
function complained(ask: Ask, problem: string): Ask {
  const field = fieldFor(ask, problem) ?? ask.fields[ask.at];
  if (field === undefined) return ask;
  return {...ask, at: ask.fields.indexOf(field), complaint: {why: 'refused', text: problem, field}};
}

/** One request or run, after the user has seen which. */
export async function tryOut(controller: Controller, {ask, plan}: Step<'agree'>): Promise<void> {
  const form: Step<'trying'> = {step: 'trying', ask, plan};
  setForm(controller, form);
  const {definition, secret, preset} = plan;
  try {
    const control = await controller.services.custom?.();
    const given = {...(secret !== '' && {secret}), ...(preset !== null && {preset})};
    const trial = await control?.test(definition, {timeoutMs: tryTimeoutMs, isAgreed: true, ...given});
    // Esc meanwhile: what came of it is nobody's business any more.
    if (trial === undefined || !isStill(controller, form)) return;
    setForm(controller, {step: 'tried', ask, plan, trial});
    scrollQuestion(controller, -farEnough);
  } catch (error) {
    if (isStill(controller, form)) setForm(controller, ask);
    failed(controller, error);
  }
}

const farEnough = 1_000_000;

export function scrollQuestion(controller: Controller, by: number): void {
  const most = dialogOf(controller)?.most ?? 0;
  controller.dispatch({type: 'scroll', what: 'credentials', by, most});
}

/** Its description first: what is agreed to and the key are nothing without it. */
export async function keepOwn(controller: Controller, {plan}: Step<'tried'>): Promise<void> {
  const {definition, written, secret, preset, binding} = plan;
  if (plan.isBare) return;
  setForm(controller, null);
  try {
    const control = await controller.services.custom?.();
    whenThere(controller, definition.id);
    await control?.add(written, preset ?? undefined);
    if (binding !== null) await control?.trust(definition);
    if (secret !== '') await store(controller, definition.id, secret, boundTo(definition));
    notify(controller, controller.context().strings.own.saved(definition.name));
    await controller.services.monitor.rediscover();
  } catch (error) {
    failed(controller, error);
  }
}

const store = ({services}: Controller, provider: string, secret: string, place: string): Promise<string> =>
  services.credentials.add({provider, secret, fields: {boundTo: place}});

/** The list of logins has it as soon as the settings are read again. */
function whenThere(controller: Controller, id: string): void {
  const {store} = controller.services.monitor;
  const stop = store.subscribe(() => {
    if (!store.get().providers.some(provider => provider.id === id && provider.discovered)) return;
    stop();
    loadLogins(controller);
  });
}
