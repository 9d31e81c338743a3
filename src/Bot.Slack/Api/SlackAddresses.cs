namespace Bot.Slack.Api;

/// <summary>Which addresses are Slack's: a payload names where to answer, and must not lead us elsewhere.</summary>
public static class SlackAddresses
{
    private const string Hooks = "hooks.slack.com";

    /// <param name="address">As a payload named it.</param>
    /// <param name="api">Where the Web API is; one that is not the real one stands for all of Slack.</param>
    public static bool IsResponseUrl(Uri address, Uri api)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0)
        {
            return false;
        }

        return api.AbsoluteUri == SlackOptions.RealApi
            ? address is { Scheme: "https", IsDefaultPort: true } && address.Host.Equals(Hooks, StringComparison.OrdinalIgnoreCase)
            : address.GetLeftPart(UriPartial.Authority).Equals(api.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="address">As apps.connections.open named it; at Slack wss-primary.slack.com and its like.</param>
    /// <param name="api">Where the Web API is.</param>
    public static bool IsSocket(Uri address, Uri api) => address.IsAbsoluteUri && address.UserInfo.Length == 0
        && (api.AbsoluteUri == SlackOptions.RealApi
            ? address is { Scheme: "wss", IsDefaultPort: true } && address.Host.EndsWith(".slack.com", StringComparison.OrdinalIgnoreCase)
            : address.Scheme is "ws" or "wss" && address.Host.Equals(api.Host, StringComparison.OrdinalIgnoreCase));
}
