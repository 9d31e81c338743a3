namespace FakeSlack.Rules;

/// <summary>The place that is being looked at, and everything found wrong so far.</summary>
internal sealed class At(Surface surface, string pointer, List<Fault> faults)
{
    public Surface Surface => surface;

    public string Pointer => pointer;

    public At Under(string name) => new(surface, $"{pointer}/{name.Replace("~", "~0").Replace("/", "~1")}", faults);

    public At Under(int index) => Under(index.ToString());

    public void Refuse(string code, string message) => faults.Add(new Fault(code, pointer, message));
}
