namespace FakeSlack.People;

/// <summary>A test wants of a person what Slack's clients do not let anybody do: press what is not there, choose what is no option.</summary>
public sealed class ImpossibleException(string message) : InvalidOperationException(message);
