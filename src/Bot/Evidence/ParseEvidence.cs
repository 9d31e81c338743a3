using System.Text.Json;
using System.Text.Unicode;
using Bot.Evidence.Formats;

namespace Bot.Evidence;

/// <summary>What came of reading a report.</summary>
public abstract record EvidenceReading
{
    private EvidenceReading()
    {
    }

    public sealed record Read(IReadOnlyList<ReportedItem> Items) : EvidenceReading;

    /// <summary>It cannot be read at all.</summary>
    public sealed record NotJson(string Why) : EvidenceReading;

    /// <summary>It is JSON, and not as it should be; nothing of it is taken.</summary>
    /// <param name="Expected">Where, and what was expected there.</param>
    public sealed record Refused(IReadOnlyList<string> Expected) : EvidenceReading;
}

/// <summary>Reads a report in any of the forms monitors send, told apart by their shape. Pure.</summary>
public static class ParseEvidence
{
    /// <summary>Longest name of a metric, a column or an alert.</summary>
    public const int MaxName = 200;
    public const int MaxWords = 500;

    private const int MostMended = 20;
    private const string Shapes =
        "one of: {\"series\", \"value\", \"at\"} or an array of them; an Evidently report with \"metrics\"; an Alertmanager or Grafana message with \"alerts\"; NannyML rows with \"metric_name\" and \"value\"";

    /// <param name="received">Taken as the time of what has none.</param>
    public static EvidenceReading From(ReadOnlySpan<byte> body, DateTimeOffset received)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var json = (body.StartsWith(mark) ? body[mark.Length..] : body).ToArray();
        if (!Utf8.IsValid(json))
        {
            return new EvidenceReading.NotJson("The body is not UTF-8.");
        }

        for (var mended = 0; ; mended++)
        {
            try
            {
                using var document = JsonDocument.Parse(json);
                return AreTextsWhole(json) ? OfShape(document.RootElement, received) : new EvidenceReading.NotJson("A text in the body holds half of a character (a lone surrogate).");
            }
            catch (JsonException broken)
            {
                if (mended == MostMended || Quoted(json, broken) is not { } quoted)
                {
                    return new EvidenceReading.NotJson($"The body is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.");
                }

                json = quoted;
            }
        }
    }

    private static EvidenceReading OfShape(JsonElement root, DateTimeOffset received)
    {
        var faults = new List<string>();
        var body = new JsonSpot(root, "", faults);
        var items = Items(body, received);
        return faults.Count > 0 ? new EvidenceReading.Refused(faults) : new EvidenceReading.Read(items);
    }

    private static IReadOnlyList<ReportedItem> Items(JsonSpot body, DateTimeOffset received)
    {
        switch (body)
        {
            case { Kind: JsonValueKind.Array }:
                var all = body.Objects("item");
                return all is [var first, ..] && first.Has("metric_name") && !first.Has("series") ? NannyMlFormat.Rows(all, received) : PlainFormat.Items(all, received);
            case var _ when body.Has("series"):
                return PlainFormat.Items([body], received);
            case var _ when body.Find("alerts") is { } alerts:
                return GrafanaFormat.Is(body) ? GrafanaFormat.Alerts(alerts, received) : AlertmanagerFormat.Alerts(alerts, received);
            case var _ when body.Find("rows") is { } rows:
                return NannyMlFormat.Rows(rows.Objects("row"), received);
            case var _ when body.Has("metric_name"):
                return NannyMlFormat.Rows([body], received);
            case var _ when EvidentlyLegacyFormat.Is(body):
                return EvidentlyLegacyFormat.Items(body, received);
            case var _ when body.Has("metrics") || body.Has("tests"):
                return EvidentlyFormat.Items(body, received);
            default:
                body.Fault(Shapes);
                return [];
        }
    }

    /// <summary>
    /// Python writes NaN and Infinity into what it calls JSON. In quotation marks the body can be read, and the place can be named, or does
    /// not matter because nobody reads it.
    /// </summary>
    private static byte[]? Quoted(byte[] json, JsonException broken)
    {
        var at = 0;
        for (var line = broken.LineNumber ?? 0; line > 0; line--)
        {
            at += json.AsSpan(at).IndexOf((byte)'\n') + 1;
        }

        at += (int)(broken.BytePositionInLine ?? 0);
        at -= at > 0 && at <= json.Length && json[at - 1] == '-' ? 1 : 0;
        foreach (var word in new[] { "NaN"u8.ToArray(), "Infinity"u8.ToArray(), "-Infinity"u8.ToArray() })
        {
            if (at <= json.Length && json.AsSpan(at).StartsWith(word))
            {
                return [.. json[..at], (byte)'"', .. word, (byte)'"', .. json[(at + word.Length)..]];
            }
        }

        return null;
    }

    /// <summary>Texts are only looked into when they are read, and half a character throws there.</summary>
    private static bool AreTextsWhole(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                try
                {
                    reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
