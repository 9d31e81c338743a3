namespace Bot.Host;

/// <summary>What somebody typed after a command: options with a value, options without, and the rest.</summary>
internal sealed record TypedOptions(IReadOnlyDictionary<string, string> Values, IReadOnlySet<string> Switches, IReadOnlyList<string> Others)
{
    /// <summary>Null with the fault, where an option is unknown, given twice or without its value.</summary>
    /// <param name="args">Without the command's own word.</param>
    /// <param name="withValue">Options that take a value.</param>
    /// <param name="switches">Options that take none.</param>
    /// <param name="fault">For whoever typed it; empty when there is none.</param>
    public static TypedOptions? Parse(ReadOnlySpan<string> args, IReadOnlyCollection<string> withValue, IReadOnlyCollection<string> switches, out string fault)
    {
        var (values, on, others) = (new Dictionary<string, string>(), new HashSet<string>(), new List<string>());
        fault = "";
        for (var i = 0; i < args.Length && fault.Length == 0; i++)
        {
            var typed = args[i];
            if (switches.Contains(typed))
            {
                on.Add(typed);
            }
            else if (!typed.StartsWith("--", StringComparison.Ordinal))
            {
                others.Add(typed);
            }
            else if (!withValue.Contains(typed))
            {
                fault = $"{typed} is not an option.";
            }
            else if (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                fault = $"{typed} needs a value after it.";
            }
            else if (!values.TryAdd(typed, args[++i]))
            {
                fault = $"{typed} is given twice.";
            }
        }

        return fault.Length > 0 ? null : new TypedOptions(values, on, others);
    }
}
