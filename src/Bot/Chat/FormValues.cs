using System.Collections.Frozen;

namespace Bot.Chat;

/// <summary>What somebody typed into a form, by field id. Values are text on every platform; an empty field is absent.</summary>
public sealed class FormValues(IEnumerable<KeyValuePair<string, string>> values)
{
    /// <summary>A choice value must not contain it: several choices of one field arrive joined by it.</summary>
    public const char Separator = ',';

    private readonly FrozenDictionary<string, string> _values =
        values.Where(v => !string.IsNullOrWhiteSpace(v.Value)).ToFrozenDictionary(v => v.Key, v => PlainText.Of(v.Value));

    public static FormValues Empty { get; } = new([]);

    public IReadOnlyDictionary<string, string> All => _values;

    public string? this[string field] => _values.GetValueOrDefault(field)?.Trim();

    /// <summary>The choices of a field in which several may be chosen.</summary>
    public IReadOnlyList<string> Choices(string field) =>
        this[field]?.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A switch; absent is off.</summary>
    public bool IsOn(string field) => string.Equals(this[field], "true", StringComparison.OrdinalIgnoreCase);
}
