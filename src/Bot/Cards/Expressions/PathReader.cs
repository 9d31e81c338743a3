using System.Collections.Immutable;

namespace Bot.Cards.Expressions;

/// <summary>Finds the property paths an expression reads; indexes leave no trace, a lambda's variable stands for the list's path.</summary>
internal static class PathReader
{
    /// <summary>Functions whose result is, or is made of, the items of their first argument.</summary>
    private static readonly HashSet<string> KeepItems =
        ["where", "first", "last", "skip", "take", "subArray", "reverse", "sortBy", "sortByDescending", "unique", "union", "intersection"];

    /// <summary>Adds every path to <paramref name="found"/> and returns the path of the result itself, if it is one.</summary>
    public static string? Read(Expression expression, ICollection<string> found) => Read(expression, found, ImmutableDictionary<string, string?>.Empty);

    private static string? Read(Expression expression, ICollection<string> found, ImmutableDictionary<string, string?> variables)
    {
        switch (expression)
        {
            case PropertyPath path:
                return Add(found, ReadPath(path, found, variables));
            case Element element:
                var owner = Read(element.Instance, found, variables);
                Read(element.Index, found, variables);
                return element.Index is Constant { Value: { IsText: true } key } && owner is not null ? Add(found, Join(owner, key.Text)) : owner;
            case Escaped escaped:
                return Read(escaped.Inner, found, variables);
            case Text text:
                foreach (var part in text.Parts)
                    Read(part, found, variables);
                return null;
            case Call { Function.Takes.IsLambda: true } lambda:
                var list = Read(lambda.Arguments[0], found, variables);
                Read(lambda.Arguments[2], found, variables.SetItem(((PropertyPath)lambda.Arguments[1]).PlainName!, list));
                return KeepItems.Contains(lambda.Function.Name) ? list : null;
            case Call call:
                var results = call.Arguments.Select(argument => Read(argument, found, variables)).ToList();
                return KeepItems.Contains(call.Function.Name) ? results[0] : null;
            default:
                return null;
        }
    }

    private static string? ReadPath(PropertyPath path, ICollection<string> found, ImmutableDictionary<string, string?> variables)
    {
        string? read = null;
        for (var i = 0; i < path.Steps.Count; i++)
        {
            var (name, index) = path.Steps[i];
            if (index is not null)
                Read(index, found, variables);
            var segment = index is null ? name : index is Constant { Value: { IsText: true } key } ? key.Text : null;
            if (i == 0)
            {
                read = path.Start is { } start ? Read(start, found, variables) : variables.TryGetValue(name, out var list) ? list : name;
                if (read is null)
                    return null;
                if (path.Start is null)
                    continue;
            }
            if (segment is not null)
                read = Join(read!, segment);
        }
        return read;
    }

    private static string Join(string owner, string name) => owner == "$data" ? name : $"{owner}.{name}";

    /// <summary>$index is a count, not a property of the data.</summary>
    private static string? Add(ICollection<string> found, string? path)
    {
        if (path is not null and not "$index" && !found.Contains(path))
            found.Add(path);
        return path;
    }
}
