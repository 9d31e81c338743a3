using System.Globalization;
using Google.Protobuf;

namespace Bot.Host.Tests.Telemetry;

/// <summary>A measure as it was sent.</summary>
/// <param name="Kind"><c>gauge</c>, <c>sum</c> or <c>histogram</c>.</param>
internal sealed record Measured(string Scope, string Name, string Unit, string Description, string Kind, IReadOnlyList<Point> Points);

/// <param name="Value">Of a gauge or counter; of a histogram the sum.</param>
/// <param name="Count">Of a histogram's values.</param>
internal sealed record Point(IReadOnlyDictionary<string, string> Tags, double Value, ulong Count, IReadOnlyList<double> Bounds);

internal sealed record Spanned(string Scope, string Name, bool HasParent, bool Failed, IReadOnlyDictionary<string, string> Tags);

/// <summary>
/// Reads what opentelemetry-proto 1.x calls ExportMetricsServiceRequest and ExportTraceServiceRequest. Strict: a field or wire type that is not there in those files is a fault.
/// </summary>
internal static class OtlpMessages
{
    private const WireFormat.WireType Text = WireFormat.WireType.LengthDelimited;
    private const WireFormat.WireType Fixed64 = WireFormat.WireType.Fixed64;

    private delegate bool Take(int field, WireFormat.WireType type, CodedInputStream input);

    public static List<Measured> Measures(byte[] request, Dictionary<string, string> resource)
    {
        var all = new List<Measured>();
        Read(request, (field, type, input) => (field, type) is (1, Text) && Each(input, (f, t, i) => (f, t) switch
        {
            (1, Text) => Resource(i, resource),
            (2, Text) => Scoped(i, all, Metric),
            (3, Text) => Skip(i.ReadString()),
            _ => false,
        }));
        return all;
    }

    public static List<Spanned> Spans(byte[] request, Dictionary<string, string> resource)
    {
        var all = new List<Spanned>();
        Read(request, (field, type, input) => (field, type) is (1, Text) && Each(input, (f, t, i) => (f, t) switch
        {
            (1, Text) => Resource(i, resource),
            (2, Text) => Scoped(i, all, Span),
            (3, Text) => Skip(i.ReadString()),
            _ => false,
        }));
        return all;
    }

    private static bool Resource(CodedInputStream input, Dictionary<string, string> tags) => Each(input, (f, t, i) => (f, t) switch
    {
        (1, Text) => Tag(i, tags),
        (2, WireFormat.WireType.Varint) => Skip(i.ReadUInt32()),
        _ => false,
    });

    private static bool Scoped<T>(CodedInputStream input, List<T> all, Func<string, CodedInputStream, T> read)
    {
        var (scope, parts) = ("", new List<byte[]>());
        Each(input, (f, t, i) => (f, t) switch
        {
            (1, Text) => Each(i, (ff, tt, ii) => (ff, tt) switch
            {
                (1, Text) => Skip(scope = ii.ReadString()),
                (2, Text) => Skip(ii.ReadString()),
                (3, Text) => Tag(ii, []),
                _ => false,
            }),
            (2, Text) => Add(parts, i.ReadBytes().ToByteArray()),
            (3, Text) => Skip(i.ReadString()),
            _ => false,
        });
        all.AddRange(parts.Select(part => read(scope, new CodedInputStream(part))));
        return true;
    }

    private static Measured Metric(string scope, CodedInputStream input)
    {
        var (name, unit, description, kind, points) = ("", "", "", "", new List<Point>());
        All(input, (f, t, i) => (f, t) switch
        {
            (1, Text) => Skip(name = i.ReadString()),
            (2, Text) => Skip(description = i.ReadString()),
            (3, Text) => Skip(unit = i.ReadString()),
            (5, Text) => Points(kind = "gauge", i, points),
            (7, Text) => Points(kind = "sum", i, points),
            (9, Text) => Points(kind = "histogram", i, points),
            _ => false,
        });
        return new Measured(scope, name, unit, description, kind, points);
    }

    private static bool Points(string kind, CodedInputStream input, List<Point> points) => Each(input, (f, t, i) => (f, t) switch
    {
        (1, Text) => Add(points, kind == "histogram" ? Histogram(i) : Number(i)),
        (2, WireFormat.WireType.Varint) when kind != "gauge" => Skip(i.ReadEnum()),
        (3, WireFormat.WireType.Varint) when kind == "sum" => Skip(i.ReadBool()),
        _ => false,
    });

    private static Point Number(CodedInputStream input)
    {
        var (tags, value) = (new Dictionary<string, string>(), 0d);
        Each(input, (f, t, i) => (f, t) switch
        {
            (2 or 3, Fixed64) => Skip(i.ReadFixed64()),
            (4, Fixed64) => Skip(value = i.ReadDouble()),
            (6, Fixed64) => Skip(value = i.ReadSFixed64()),
            (7, Text) => Tag(i, tags),
            (8, WireFormat.WireType.Varint) => Skip(i.ReadUInt32()),
            _ => false,
        });
        return new Point(tags, value, 0, []);
    }

    private static Point Histogram(CodedInputStream input)
    {
        var (tags, sum, count, buckets, bounds) = (new Dictionary<string, string>(), 0d, 0ul, new List<ulong>(), new List<double>());
        Each(input, (f, t, i) => (f, t) switch
        {
            (2 or 3, Fixed64) => Skip(i.ReadFixed64()),
            (4, Fixed64) => Skip(count = i.ReadFixed64()),
            (5, Fixed64) => Skip(sum = i.ReadDouble()),
            (6, Text) => Packed(i, p => buckets.Add(p.ReadFixed64())),
            (7, Text) => Packed(i, p => bounds.Add(p.ReadDouble())),
            (9, Text) => Tag(i, tags),
            (10, WireFormat.WireType.Varint) => Skip(i.ReadUInt32()),
            (11 or 12, Fixed64) => Skip(i.ReadDouble()),
            _ => false,
        });
        Assert.Equal(count, buckets.Aggregate(0ul, (all, one) => all + one));
        Assert.Equal(bounds.Count + 1, buckets.Count);
        return new Point(tags, sum, count, bounds);
    }

    private static Spanned Span(string scope, CodedInputStream input)
    {
        var (name, parent, failed, tags) = ("", false, false, new Dictionary<string, string>());
        All(input, (f, t, i) => (f, t) switch
        {
            (1 or 2, Text) => Skip(i.ReadBytes()),
            (3, Text) => Skip(i.ReadString()),
            (4, Text) => Skip(parent = i.ReadBytes().Length > 0),
            (5, Text) => Skip(name = i.ReadString()),
            (6, WireFormat.WireType.Varint) => Skip(i.ReadEnum()),
            (7 or 8, Fixed64) => Skip(i.ReadFixed64()),
            (9, Text) => Tag(i, tags),
            (10 or 12 or 14, WireFormat.WireType.Varint) => Skip(i.ReadUInt32()),
            (15, Text) => Each(i, (ff, tt, ii) => (ff, tt) switch
            {
                (2, Text) => Skip(ii.ReadString()),
                (3, WireFormat.WireType.Varint) => Skip(failed = ii.ReadEnum() == 2),
                _ => false,
            }),
            (16, WireFormat.WireType.Fixed32) => Skip(i.ReadFixed32()),
            _ => false,
        });
        return new Spanned(scope, name, parent, failed, tags);
    }

    private static bool Tag(CodedInputStream input, Dictionary<string, string> tags)
    {
        var (key, value) = ("", "");
        Each(input, (f, t, i) => (f, t) switch
        {
            (1, Text) => Skip(key = i.ReadString()),
            (2, Text) => Each(i, (ff, tt, ii) => (ff, tt) switch
            {
                (1, Text) => Skip(value = ii.ReadString()),
                (2, WireFormat.WireType.Varint) => Skip(value = ii.ReadBool() ? "true" : "false"),
                (3, WireFormat.WireType.Varint) => Skip(value = ii.ReadInt64().ToString(CultureInfo.InvariantCulture)),
                (4, Fixed64) => Skip(value = ii.ReadDouble().ToString(CultureInfo.InvariantCulture)),
                _ => false,
            }),
            _ => false,
        });
        return tags.TryAdd(key, value);
    }

    private static void Read(byte[] request, Take take) => All(new CodedInputStream(request), take);

    /// <summary>A message within a message.</summary>
    private static bool Each(CodedInputStream input, Take take)
    {
        All(new CodedInputStream(input.ReadBytes().ToByteArray()), take);
        return true;
    }

    private static bool Packed(CodedInputStream input, Action<CodedInputStream> take)
    {
        var packed = new CodedInputStream(input.ReadBytes().ToByteArray());
        while (!packed.IsAtEnd)
        {
            take(packed);
        }

        return true;
    }

    private static void All(CodedInputStream input, Take take)
    {
        while (input.ReadTag() is > 0 and var tag)
        {
            var (field, type) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag));
            if (!take(field, type, input))
            {
                throw new InvalidDataException($"Field {field} of type {type} is not in the protocol here.");
            }
        }
    }

    private static bool Add<T>(List<T> list, T one)
    {
        list.Add(one);
        return true;
    }

    private static bool Skip<T>(T _) => true;
}
