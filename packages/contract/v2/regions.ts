/**
 * Values of `Region` that the documents name for VOD. For the reference only: a self-hosted service has one
 * region, so the parameter is optional and never a reason to refuse a call.
 */
export const REGIONS = [
  { name: 'gz', place: 'Guangzhou; the usual choice' },
  { name: 'bj', place: 'Beijing' },
  { name: 'sh', place: 'Shanghai' },
  { name: 'hk', place: 'Hong Kong' },
  { name: 'ca', place: 'North America' },
  { name: 'ap-guangzhou', place: 'Guangzhou, newer style' },
  { name: 'ap-shanghai', place: 'Shanghai, newer style' },
  { name: 'ap-beijing', place: 'Beijing, newer style' },
  { name: 'ap-chongqing', place: 'Chongqing, newer style' },
] as const;
