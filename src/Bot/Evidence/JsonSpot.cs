using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Cards;

namespace Bot.Evidence;

/// <summary>
/// A place in somebody's JSON that knows its path. What is not as it should be is noted with that path, and read as null or empty; whoever
/// reads checks the notes before using what was read.
/// </summary>
internal sealed partial class JsonSpot(JsonElement element, string path, List<string> faults)
{
    private const int MostFaults = 20;
    private const string Instants = "a time such as 2026-11-20T09:00:00Z";
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public JsonValueKind Kind => element.ValueKind;

    public void Fault(string expected)
    {
        if (faults.Count < MostFaults)
        {
            faults.Add($"{(path.Length == 0 ? "the body" : path)}: expected {expected}");
        }
    }

    /// <summary>Null when there is nothing of that name, or null.</summary>
    public JsonSpot? Find(string name) =>
        Kind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new JsonSpot(value, Below(name), faults)
            : null;

    /// <summary>As <see cref="Find"/>, and where there is nothing the place where it should be.</summary>
    public JsonSpot Spot(string name) => Find(name) ?? new JsonSpot(default, Below(name), faults);

    public bool Has(string name) => Find(name) is not null;

    /// <summary>As <see cref="Find"/>; that it is missing, or no object, is noted.</summary>
    public JsonSpot Member(string name)
    {
        var found = Spot(name);
        if (found.Kind != JsonValueKind.Object)
        {
            found.Fault("an object");
        }

        return found;
    }

    public IEnumerable<(string Name, JsonSpot Spot)> Members() =>
        Kind == JsonValueKind.Object ? element.EnumerateObject().Select(p => (p.Name, new JsonSpot(p.Value, Below(p.Name), faults))) : [];

    public IReadOnlyList<JsonSpot> Elements() =>
        Kind == JsonValueKind.Array ? [.. element.EnumerateArray().Select((e, i) => new JsonSpot(e, $"{path}[{i}]", faults))] : [];

    /// <summary>The objects of an array; that there are none, or others among them, is noted.</summary>
    public IReadOnlyList<JsonSpot> Objects(string of)
    {
        var all = Elements();
        if (all.Count == 0)
        {
            Fault($"an array of at least one {of}");
            return [];
        }

        foreach (var other in all.Where(s => s.Kind != JsonValueKind.Object))
        {
            other.Fault($"an object, one {of}");
        }

        return [.. all.Where(s => s.Kind == JsonValueKind.Object)];
    }

    /// <summary>Words without control characters, cut where they are too long; null when there are none.</summary>
    public string? Words(string name, int most)
    {
        if (Find(name) is not { } spot)
        {
            return null;
        }

        if (spot.AsText() is not { } text)
        {
            spot.Fault("a text");
            return null;
        }

        return text.Length == 0 ? null : Say.Shortened(text, most);
    }

    /// <summary>A name: needed, and never cut, because two long ones could become one.</summary>
    public string Name(string name, int most)
    {
        var spot = Find(name);
        if (spot?.AsText() is { Length: > 0 } text && text.Length <= most)
        {
            return text;
        }

        Spot(name).Fault($"a text of 1 to {most} characters");
        return "";
    }

    /// <summary>Null when missing; that it is anything but a finite number is noted.</summary>
    public double? Number(string name) => Find(name) is { } spot ? spot.AsNumber("a number") : null;

    public double NeededNumber(string name) => Spot(name).AsNumber("a number") ?? 0;

    /// <summary>This spot itself as a number.</summary>
    public double? AsNumber(string expected)
    {
        if (Kind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        Fault(expected);
        return null;
    }

    public bool? Flag(string name)
    {
        if (Find(name) is not { } spot)
        {
            return null;
        }

        if (spot.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            spot.Fault("true or false");
        }

        return spot.Kind == JsonValueKind.True;
    }

    /// <summary>One of a few words, whatever their case, as it is written here; empty after a fault.</summary>
    public string Word(string name, params string[] among)
    {
        var spot = Spot(name);
        if (spot.AsText() is { } text && among.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word)
        {
            return word;
        }

        spot.Fault("one of " + string.Join(", ", among));
        return "";
    }

    /// <summary>Null when missing. A year that cannot be meant, or a time more than a day ahead of <paramref name="received"/>, is noted.</summary>
    /// <param name="zoneless">A time without an offset is taken as UTC; otherwise it is refused, because it is nobody knows when.</param>
    public DateTimeOffset? Past(string name, DateTimeOffset received, bool zoneless = false)
    {
        if (Instant(name, zoneless) is not { } at)
        {
            return null;
        }

        if (at < Earliest || at > received.AddDays(1))
        {
            Find(name)!.Fault($"a time from 2000 until now, and this is {at.UtcDateTime:yyyy-MM-dd}");
        }

        return at;
    }

    public DateTimeOffset NeededPast(string name, DateTimeOffset received)
    {
        if (!Has(name))
        {
            Spot(name).Fault(Instants);
        }

        return Past(name, received) ?? received;
    }

    public DateTimeOffset? Instant(string name, bool zoneless = false)
    {
        if (Find(name) is not { } spot)
        {
            return null;
        }

        if (spot.AsText() is { } text && Iso().Match(text) is { Success: true } match && (zoneless || match.Groups["zone"].Success)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return at.ToUniversalTime();
        }

        spot.Fault(Instants + (zoneless ? "" : ", with Z or an offset"));
        return null;
    }

    public override string ToString() => Kind == JsonValueKind.Undefined ? "" : element.ToString();

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private string? AsText() =>
        Kind == JsonValueKind.String ? string.Concat(element.GetString()!.Select(c => char.IsControl(c) ? ' ' : c)).Trim() : null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(?<zone>Z|[+-]\d{2}:?\d{2})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Iso();
}
