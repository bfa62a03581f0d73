/**
 * `sparkplug_b.proto` (Sparkplug 3.0, 6.4.1) as a protobufjs descriptor: what a host reads and a node writes.
 *
 * Two deviations, both the same bytes on the wire: whole numbers stand as signed, for Sparkplug keeps two's complement in
 * unsigned fields (6.4.16); data sets and templates stand as bytes, for they hold no single value and are not opened. Fields
 * that are left out (`metadata`, `uuid`, `body`) are skipped by the reader.
 */
export const SPARKPLUG_SCHEMA = {
  nested: {
    Payload: {
      edition: 'proto2',
      fields: {
        timestamp: { type: 'uint64', id: 1 },
        metrics: { rule: 'repeated', type: 'Metric', id: 2 },
        seq: { type: 'uint64', id: 3 },
      },
    },
    Metric: {
      edition: 'proto2',
      fields: {
        name: { type: 'string', id: 1 },
        alias: { type: 'uint64', id: 2 },
        timestamp: { type: 'uint64', id: 3 },
        datatype: { type: 'uint32', id: 4 },
        isHistorical: { type: 'bool', id: 5 },
        isTransient: { type: 'bool', id: 6 },
        isNull: { type: 'bool', id: 7 },
        properties: { type: 'PropertySet', id: 9 },
        intValue: { type: 'int32', id: 10 },
        longValue: { type: 'int64', id: 11 },
        floatValue: { type: 'float', id: 12 },
        doubleValue: { type: 'double', id: 13 },
        booleanValue: { type: 'bool', id: 14 },
        stringValue: { type: 'string', id: 15 },
        bytesValue: { type: 'bytes', id: 16 },
        datasetValue: { type: 'bytes', id: 17 },
        templateValue: { type: 'bytes', id: 18 },
      },
    },
    PropertySet: {
      edition: 'proto2',
      fields: {
        keys: { rule: 'repeated', type: 'string', id: 1 },
        values: { rule: 'repeated', type: 'PropertyValue', id: 2 },
      },
    },
    PropertyValue: {
      edition: 'proto2',
      fields: {
        type: { type: 'uint32', id: 1 },
        intValue: { type: 'int32', id: 3 },
      },
    },
  },
} as const;
