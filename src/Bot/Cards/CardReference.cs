namespace Bot.Cards;

/// <summary>
/// A property that a card reads: where in the template, within which <c>$data</c>, and its path there. Lists leave no trace in a path:
/// <c>people[0].name</c>, <c>first(people).name</c> and <c>select(people, p, p.name)</c> all read <c>people.name</c>.
/// </summary>
/// <param name="Pointer">The JSON pointer of the text in the template.</param>
/// <param name="Scope">The enclosing <c>$data</c> from the outside in: a path each, or the source where it is not a path.</param>
/// <param name="Path">The path within that scope, or from <c>$root.</c> or <c>$host.</c>; <c>$data</c> is the scope itself.</param>
public sealed record CardReference(string Pointer, IReadOnlyList<string> Scope, string Path)
{
    /// <summary>The path from the record that fills the card ('' is the record itself), or null where it does not lead there ($host, inline or computed $data).</summary>
    public string? FromRoot { get; } = Scope.Append(Path).Aggregate((string?)"", Extend);

    private static string? Extend(string? outer, string path) => path switch
    {
        "$root" => "",
        _ when path.StartsWith("$root.", StringComparison.Ordinal) => path["$root.".Length..],
        "$data" => outer,
        "" or "$host" => null,
        _ when outer is null || path.StartsWith("$host.", StringComparison.Ordinal) || path.Contains("${", StringComparison.Ordinal) || path[0] is '[' or '{' or '"' => null,
        _ => outer.Length == 0 ? path : $"{outer}.{path}",
    };
}
