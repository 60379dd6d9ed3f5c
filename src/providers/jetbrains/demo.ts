import type {DemoService} from '../../core/provider.ts';

const day = 86_400_000;

/** JetBrains AI: more than half of the credits are used, and some were bought on top. */
export const demo: DemoService = {
  files: now => ({
    '.config/JetBrains/IntelliJIdea2026.2/options/AIAssistantQuotaManager2.xml': quotaFile(
      {type: 'Known', next: new Date(now + 11 * day).toISOString(), tariff: {amount: '1000000', duration: 'PT720H'}},
      {
        ...{type: 'Available', current: '634200', maximum: '1250000', until: new Date(now + 200 * day).toISOString()},
        tariffQuota: {current: '634200', maximum: '1000000', available: '365800'},
        topUpQuota: {current: '0', maximum: '250000', available: '250000'},
      },
    ),
  }),
  answer: () => ({status: 404, body: 'There is no such service.'}),
};

const escaped = (value: object): string => JSON.stringify(value).replaceAll('"', '&quot;');
const quotaFile = (nextRefill: object, quotaInfo: object): string => `<application>
  <component name="AIAssistantQuotaManager2">
    <option name="nextRefill" value="${escaped(nextRefill)}" />
    <option name="quotaInfo" value="${escaped(quotaInfo)}" />
  </component>
</application>
`;
