import {isOn, settingsOf} from '../core/settings.ts';
import {interval} from '../view/format/time.ts';
import {nextInterval} from '../view/rows/settings.ts';
import {optionLabel, withOption, withProvider} from '../view/rows/switches.ts';
import {type Controller, notify} from './controller.ts';

/** Keys of a panel that change the settings of its provider. */

/** The next longer or shorter interval of the focused provider, never below its floor. */
export function changeInterval(controller: Controller, provider: string | null, direction: 1 | -1): void {
  const info = controller.services.catalogue.find(each => each.id === provider);
  const strings = controller.context().strings;
  if (!info) {
    notify(controller, strings.refresh.nothing);
    return;
  }
  const own = info.intervalSeconds.default;
  const current = settingsOf(controller.settings(), info.id).intervalSeconds ?? own;
  const next = nextInterval(controller.settings(), info, direction);
  const seconds = next ?? own;
  if (seconds !== current)
    controller.services.settings.update(before => withProvider(before, info.id, {intervalSeconds: next}));
  const said = interval(seconds, strings);
  notify(
    controller,
    seconds === current && direction < 0
      ? strings.refresh.intervalFloor(info.name, said)
      : strings.refresh.interval(info.name, said),
  );
}

/** Turns the focused provider's switch on or off. */
export function toggleOption(controller: Controller, provider: string | null): void {
  const info = controller.services.catalogue.find(each => each.id === provider);
  const option = info?.options?.find(({kind}) => kind === 'switch');
  const strings = controller.context().strings;
  if (!info || !option) {
    notify(controller, strings.refresh.nothing);
    return;
  }
  const on = !isOn(controller.settings(), info.id, option.name);
  controller.services.settings.update(before => withOption(before, info.id, option.name, on));
  const {settings, refresh} = strings;
  notify(controller, refresh.option(info.name, optionLabel(info.id, option, strings), on ? settings.on : settings.off));
}
