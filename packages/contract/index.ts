export * from './action.ts';
export { DescribeVodPlayUrls } from './actions/media/DescribeVodPlayUrls.ts';
export * from './errors.ts';
