/** Why a warning that stands is announced again, as a person would say it. */
export function reAlarmText(acknowledged: boolean, minutes: number, reason: string): string {
  return acknowledged
    ? `已签收，${minutes} 分钟没有好转：${reason}`
    : `${minutes} 分钟无人签收，仍未恢复：${reason}`;
}
