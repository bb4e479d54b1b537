import { z } from 'zod';
import { text, textOfBytes, word } from './wire.ts';

/** What the actions of watermark templates share: their parameters, their answers and the codes of their fields. */

/** A distance or a size on a video. */
export interface WatermarkLength {
  value: number;
  unit: 'px' | 'percent';
}

/**
 * `10%` of the edge of the video, or `20px`; a bare number, as the oldest clients send it, is percent.
 * `width_percentage=10`, which arrives as an object, is how those call a width.
 */
function length(min: number) {
  const error = `must be ${min} to 100 %, or ${min} to 4096 px, such as 10% or 20px`;
  return z
    .preprocess(
      (value) =>
        typeof value === 'object' && value !== null && 'percentage' in value ? value.percentage : value,
      z.string({ error }).transform((value, context): WatermarkLength => {
        const match = /^(\d{1,4}(?:\.\d{1,4})?)(%|px)?$/.exec(value.trim());
        const unit = match?.[2] === 'px' ? 'px' : 'percent';
        const read = { value: Number(match?.[1]), unit } as const;
        const isWhole = unit === 'percent' || Number.isInteger(read.value);
        const max = unit === 'px' ? 4096 : 100;
        if (match && isWhole && read.value >= min && read.value <= max) return read;
        context.issues.push({ code: 'custom', message: error, input: value });
        return z.NEVER;
      }),
    )
    .meta({ wireType: 'String' });
}

/** A length as it travels; the inverse of what is read. */
export function lengthText({ value, unit }: WatermarkLength): string {
  return `${value}${unit === 'px' ? 'px' : '%'}`;
}

const UNITS = 'Such as 10% of the video, or 20px.';
export const watermarkName = () => textOfBytes(64).describe('Name, at most 64 bytes.');
export const watermarkComment = () => textOfBytes(1024).describe('Description, at most 1024 bytes.');
export const watermarkType = () => word(['image']).describe('What it is.');
export const watermarkUrl = () =>
  text({ min: 1, max: 1024 }).describe(
    'The picture: the address that ApplyUploadWatermark gave, signature and all, or that of a picture uploaded otherwise. The scheme may be missing; other services are not asked for pictures.',
  );
export const left = () =>
  length(0).describe(`From the left edge of the video to that of the picture. ${UNITS}`);
export const top = () =>
  length(0).describe(`From the upper edge of the video to that of the picture. ${UNITS}`);
export const width = () => length(1).describe(`Width of the picture. ${UNITS}`);
export const height = () => length(0).describe(`Height of the picture; 0px keeps its shape. ${UNITS}`);

export const WATERMARK_TEMPLATE_FIELDS = {
  otherNames: { widthPercentage: 'width' },
  fieldCodes: { url: 10801, type: 10802, left: 10803, top: 10804, width: 10810, height: 10811 },
  errors: [
    { code: 10801, meaning: 'url invalid' },
    { code: 10802, meaning: 'type invalid' },
    { code: 10803, meaning: 'left invalid' },
    { code: 10804, meaning: 'top invalid' },
    { code: 10810, meaning: 'width invalid' },
    { code: 10811, meaning: 'height invalid' },
  ],
  /** What the service calls a field, and what it is called here. */
  fieldNames: { id: 'definition', description: 'comment', imageKey: 'url', 'height.value': 'height' },
} as const;

/** A whole template, as a query answers it. */
export const watermarkTemplate = {
  definition: z.number().int().describe('Number of the template.'),
  name: z.string(),
  comment: z.string(),
  type: z.string().describe('image.'),
  url: z.string().describe('Address of the picture.'),
  left: z.string().describe('Such as 20px or 10%.'),
  top: z.string().describe('Such as 20px or 10%.'),
  width: z.string().describe('Such as 20px or 10%.'),
  height: z.string().describe('0px: follows from the width.'),
  createTime: z.number().int().describe('Unix time, s.'),
  updateTime: z.number().int().describe('Unix time, s.'),
  create_time: z.number().int().describe('createTime, as older clients read it.'),
  update_time: z.number().int().describe('updateTime, as older clients read it.'),
  repeat_type: z.string().describe('Always empty; clients expect it.'),
};
