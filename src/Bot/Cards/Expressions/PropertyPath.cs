using System.Text;

namespace Bot.Cards.Expressions;

/// <summary>One step of a path: a name, or an index to be worked out.</summary>
internal readonly record struct Step(string Name, Expression? Index);

/// <summary>A property path: <c>a.b</c>, <c>a[i].b</c>, <c>first(list).b</c>. Without a start it begins in the scope.</summary>
internal sealed class PropertyPath : Expression
{
    private static readonly char[] Separators = ['.', '[', ']'];

    private readonly string[]? names;
    private readonly string? text;

    private PropertyPath(Expression? start, IReadOnlyList<Step> steps)
    {
        Start = start;
        Steps = steps;
        if (steps.All(step => step.Index is null))
        {
            names = [.. steps.Select(step => step.Name)];
            text = string.Join('.', names);
        }
    }

    public Expression? Start { get; }
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>The dotted name when that is all there is, which is what a function or a lambda variable may be called.</summary>
    public string? PlainName => Start is null ? text : null;

    public static PropertyPath Of(string name) => new(null, [new Step(name, null)]);

    public static PropertyPath Of(Expression start, string name)
    {
        var steps = new List<Step>();
        var from = Unfold(start, steps);
        return new PropertyPath(from, [.. steps, new Step(name, null)]);
    }

    public override Value Evaluate(Context at)
    {
        var (path, segments) = (text!, names!);
        if (text is null)
        {
            var written = Write(at);
            if (written.IsFailure)
                return written;
            path = written.Text;
            // The reference splits the written path, so a key with a dot in it is two steps here, though not in map['a.b'] alone.
            segments = [.. path.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Unquote)];
        }
        Value found;
        if (Start is null)
        {
            found = at.Find(segments);
        }
        else
        {
            var from = Start.Evaluate(at);
            found = from.IsFailure ? from : Context.Walk(from, segments);
        }
        return found.Kind == ValueKind.Undefined && at.ShowsMissing ? Value.Of($"${{{path}}}") : found;
    }

    public override string ToString()
    {
        var words = new StringBuilder(Start?.ToString());
        foreach (var step in Steps)
            words.Append(step.Index is { } index ? $"[{index}]" : words.Length == 0 ? step.Name : $".{step.Name}");
        return words.ToString();
    }

    private static Expression? Unfold(Expression expression, List<Step> steps)
    {
        switch (expression)
        {
            case PropertyPath path:
                steps.AddRange(path.Steps);
                return path.Start;
            case Element element:
                var start = Unfold(element.Instance, steps);
                steps.Add(new Step("", element.Index));
                return start;
            default:
                return expression;
        }
    }

    private static string Unquote(string segment) => segment.Length >= 2 && segment[0] is '\'' or '"' && segment[^1] == segment[0] ? segment[1..^1] : segment;

    private Value Write(Context at)
    {
        var path = new StringBuilder();
        foreach (var step in Steps)
        {
            if (step.Index is null)
            {
                path.Append(path.Length == 0 ? "" : ".").Append(step.Name);
                continue;
            }
            var key = step.Index.Evaluate(at);
            if (key.IsFailure)
                return key;
            if (!key.IsNumber && !key.IsText)
                return Value.Failure($"{step.Index} is neither a whole number nor a text.");
            var isPosition = NumberText.Leading(key.AsText(), whole: true) is not null;
            path.Append(isPosition ? $"[{key.AsText()}]" : $"['{key.Text}']");
        }
        return Value.Of(path.ToString());
    }
}
