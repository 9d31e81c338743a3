namespace Bot.Cards.Expressions;

/// <summary>Every function and operator that a card may use, by name.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, string> Signs = new()
    {
        ["add"] = "+", ["sub"] = "-", ["mul"] = "*", ["div"] = "/", ["mod"] = "%", ["exp"] = "^",
        ["and"] = "&&", ["or"] = "||", ["not"] = "!", ["equals"] = "==", ["greater"] = ">", ["greaterOrEquals"] = ">=",
        ["less"] = "<", ["lessOrEquals"] = "<=", ["&"] = "concat", ["??"] = "coalesce",
    };

    /// <summary>What the reference has and a card may not: the same data must give the same card.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["utcNow"] = "a card does not read the clock: put the instant into its data",
        ["rand"] = "a card does not throw dice: put the number into its data",
        ["newGuid"] = "a card does not make ids: put the id into its data",
    };

    private static readonly Dictionary<string, Function> ByName = Gather();

    /// <summary>The names that can be called, for messages and tests.</summary>
    public static IEnumerable<string> Names => ByName.Keys.Where(name => char.IsAsciiLetter(name[0]));

    public static Function? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Why a name cannot be called, and what to write instead.</summary>
    public static string Advice(string name)
    {
        if (Refused.TryGetValue(name, out var reason))
            return $"there is no function {name}: {reason}";
        var nearest = Names.MinBy(known => Distance(name.ToUpperInvariant(), known.ToUpperInvariant()))!;
        return Distance(name.ToUpperInvariant(), nearest.ToUpperInvariant()) <= Math.Max(2, name.Length / 3)
            ? $"there is no function {name}; did you mean {nearest}?"
            : $"there is no function {name}; the known ones are {string.Join(", ", Names.Order(StringComparer.Ordinal))}";
    }

    private static Dictionary<string, Function> Gather()
    {
        var all = LogicFunctions.All.Concat(NumberFunctions.All).Concat(TextFunctions.All).Concat(ListFunctions.All).Concat(LambdaFunctions.All).Concat(DateFunctions.All)
            .ToDictionary(function => function.Name);
        foreach (var (name, sign) in Signs)
            all.Add(name, all[sign]);
        return all;
    }

    /// <summary>How many letters must be changed, added or dropped to get from one name to the other.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
