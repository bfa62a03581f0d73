import { Button, Input, Slider } from 'antd';
import { type ReactElement, useState } from 'react';

import { fieldOf, momentOf } from '../../../app/beijing-input.ts';
import { formatDateTime } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { PAST_TEXT } from '../text.ts';

const MINUTE_MS = 60_000;
const HALF_A_DAY_MS = 12 * 3_600_000;

interface MomentControlProps {
  readonly at: number;
  readonly beginsAt: number | undefined;
  readonly onShow: (at: number) => void;
}

/** Choosing the moment: a field, a slider over the day around it, and small steps. Nothing before the past or after now. */
export function MomentControl({ at, beginsAt = 0, onShow }: MomentControlProps): ReactElement {
  const now = useNow(MINUTE_MS);
  const [field, setField] = useState(fieldOf(at));
  const [slid, setSlid] = useState(at);
  const within = (moment: number): number => Math.min(Math.max(moment, beginsAt), Date.now());
  const to = Math.min(Math.max(at + HALF_A_DAY_MS, slid), now);
  const from = Math.max(to - 2 * HALF_A_DAY_MS, beginsAt);
  const typed = momentOf(field);
  return (
    <form
      className="past-control"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== null) onShow(within(typed));
      }}
    >
      <Input
        type="datetime-local"
        aria-label={PAST_TEXT.field}
        value={field}
        max={fieldOf(now)}
        onChange={({ target }) => setField(target.value)}
      />
      <Button htmlType="submit" disabled={typed === null}>
        {PAST_TEXT.show}
      </Button>
      <Slider
        className="past-slider"
        ariaLabelForHandle={PAST_TEXT.slider}
        ariaValueTextFormatterForHandle={(value) => formatDateTime(value)}
        min={from}
        max={to}
        step={MINUTE_MS}
        value={slid}
        tooltip={{ formatter: (value) => formatDateTime(value ?? at) }}
        onChange={setSlid}
        onChangeComplete={(value) => onShow(within(value))}
      />
      <span className="past-steps">
        {PAST_TEXT.steps.map(({ label, ms }) => (
          <Button
            key={ms}
            size="small"
            disabled={within(at + ms) === at}
            onClick={() => onShow(within(at + ms))}
          >
            {label}
          </Button>
        ))}
      </span>
    </form>
  );
}
