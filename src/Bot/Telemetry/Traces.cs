using System.Diagnostics;

namespace Bot.Telemetry;

/// <summary>One activity for each inbound event, due step and run of a lane, with ids and never with texts.</summary>
public static class Traces
{
    private static readonly ActivitySource Source = new(Measures.Name);

    /// <summary>
    /// Begins one that counts as failed until it is <see cref="Ended"/>. It has no parent: the request it came by is not told to anybody, because
    /// addresses are keys here, and whether it is looked at is not for the sender to say.
    /// </summary>
    /// <returns>Null where nobody looks.</returns>
    public static Activity? Begin(string what)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        Activity.Current = null;
        return Source.StartActivity(what)?.SetStatus(ActivityStatusCode.Error);
    }

    public static void Ended(this Activity? activity) => activity?.SetStatus(ActivityStatusCode.Unset);
}
