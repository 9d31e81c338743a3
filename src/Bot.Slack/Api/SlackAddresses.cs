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
}
